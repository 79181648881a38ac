package behavior

// extensions are the behaviours of what adds properties to other resources.
func extensions() []Registration {
	return []Registration{
		{Type: "microsoft.graph.extensionProperty", Behavior: ExtensionProperty{}, Rules: &Rules{Required: []string{"name", "dataType"}}},
		{Type: "microsoft.graph.openTypeExtension", Behavior: OpenExtension{}},
	}
}
