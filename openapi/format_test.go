package openapi

import (
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	for format, texts := range map[string]struct{ good, bad string }{
		"uuid": {
			"198d7140-80bb-4843-8cc4-811377a49a92 198D7140-80BB-4843-8CC4-811377A49A92 00000000-0000-0000-0000-000000000000",
			"198d7140 198d714080bb48438cc4811377a49a92 198d7140-80bb-4843-8cc4-811377a49a9g {98d7140-80bb-4843-8cc4-811377a49a92}",
		},
		"date-time": {
			"2026-01-31T00:00:00Z 0001-01-01T00:00:00Z 2026-01-31T23:59:59.1234567-08:00 2026-01-31T23:59Z 2024-02-29T00:00:00+05:30",
			"2026-01-31 2026-01-31T00:00:00 2026-02-29T00:00:00Z 2026-01-31T24:00:00Z 2026-01-31T00:00:00.Z 2026-01-31t00:00:00Z 2026-01-31T00:00:00+0530 2026-01-31T00:00:00+25:00",
		},
		"date":     {"2026-01-31 2024-02-29", "2026-02-29 2026-1-31 31.01.2026"},
		"time":     {"08:00:00 08:00 23:59:59.0000000", "8:00 24:00:00 08:00:00. 08:00.5 08:00:00,5 08:00:00Z"},
		"duration": {"PT8H P3DT4H PT0S PT1.5S -P1D P1Y2M P2W PT1H30M", "8H P PT P1 PT1 P1H PT1D PT1.S PT1.5H P1DT PT1S1M 3 P1D1D"},
		"byte":     {"YQ== YQ YWI= YWJj _-8 +/8=", "* Y Y=== YQ=a YQ=== YWJj= YQ-/"},
	} {
		for good := range strings.FieldsSeq(texts.good) {
			if !formats[format](good) {
				t.Errorf("%s: %s was refused", format, good)
			}
		}
		for bad := range strings.FieldsSeq(texts.bad) {
			if formats[format](bad) {
				t.Errorf("%s: %s was accepted", format, bad)
			}
		}
		if format != "byte" && formats[format]("") {
			t.Errorf("%s: nothing was accepted", format)
		}
	}
}
