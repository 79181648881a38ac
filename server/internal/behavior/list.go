package behavior

import "slices"

// List is every behaviour that the fake has; what is not here follows the
// general rules. Each area has a list of its own.
func List() []Registration {
	return slices.Concat(directory(), security(), governance(), intune(), cloudPC(), files(), workbooks(), outlook(), teams(), communications(), aboutUsers(), transitions(), contentTypes(), junk(), engagement(), teamworkDevices(), extensions(), subscriptions(), replaced(), standing())
}
