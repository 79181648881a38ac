package odata

import "testing"

func BenchmarkParseFilter(b *testing.B) {
	for name, source := range map[string]string{
		"simple": "displayName eq 'Adele Vance'",
		"complex": "(accountEnabled eq true or userType in ('Guest','Member')) and startswith(displayName,'A') and " +
			"identities/any(c:c/issuerAssignedId eq 'a@b.c' and c/issuer eq 'x') and createdDateTime ge 2024-01-01T00:00:00Z and assignedLicenses/$count ne 0",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseFilter(source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseQuery(b *testing.B) {
	for name, raw := range map[string]string{
		"none":   "",
		"select": "$select=id,displayName",
		"list":   "$filter=startswith(displayName,'a')&$select=id,displayName,mail&$orderby=displayName&$top=50&$count=true",
		"expand": "$expand=members($select=id,displayName;$top=5)",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseQuery(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
