package behavior

// extensions are the behaviours of what adds properties to other resources.
func extensions() []Registration {
	return []Registration{
		{Type: "microsoft.graph.extensionProperty", Behavior: ExtensionProperty{}, Rules: &Rules{Required: []string{"name", "dataType", "targetObjects"}}},
		{Bound: "Collection(microsoft.graph.directoryObject)/getAvailableExtensionProperties", Behavior: invoked(availableExtensions)},
		{Type: "microsoft.graph.openTypeExtension", Behavior: OpenExtension{}},
	}
}
