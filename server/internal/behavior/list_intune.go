package behavior

// intune is the behaviours of the rest of /deviceManagement and of
// /deviceAppManagement.
func intune() []Registration { return nil }
