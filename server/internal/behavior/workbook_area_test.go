package behavior

import "testing"

func TestParseArea(t *testing.T) {
	for _, test := range []struct {
		address, sheet, want string
	}{
		{"A1", "", "A1"},
		{"$b$2:a1", "", "A1:B2"},
		{"Sheet1!C3:D4", "Sheet1", "C3:D4"},
		{"'My ''own'' sheet'!AA10", "My 'own' sheet", "AA10"},
		{"A:C", "", "A:C"},
		{"2:3", "", "2:3"},
		{"XFD1048576", "", "XFD1048576"},
	} {
		sheet, a, ok := parseArea(test.address)
		if !ok || sheet != test.sheet || a.String() != test.want {
			t.Errorf("%s: %q %s %v, want %q %s", test.address, sheet, a, ok, test.sheet, test.want)
		}
	}
	for _, address := range []string{"", "A", "1", "A0", "XFE1", "A1048577", "A1:B", "A1:B2:C3", "Ä1", "name"} {
		if _, a, ok := parseArea(address); ok {
			t.Errorf("%q is read as %s", address, a)
		}
	}
}

func TestSheetAddress(t *testing.T) {
	for sheet, want := range map[string]string{"Sheet1": "Sheet1!A1", "My sheet": "'My sheet'!A1", "It's": "'It''s'!A1"} {
		if got := sheetAddress(sheet, "A1"); got != want {
			t.Errorf("%s: %s, want %s", sheet, got, want)
		}
	}
}
