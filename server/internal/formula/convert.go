package formula

import (
	"math"
	"strconv"
	"strings"
	"sync"
)

// measures are units by what they measure, each with how much of the first it is;
// "+" behind a unit lets it have prefixes.
var measures = []string{
	"g+ 1 sg 14593.9029372064 lbm 453.59237 u+ 1.66053906660E-24 ozm 28.349523125 grain 0.06479891 cwt 45359.237 shweight 45359.237 uk_cwt 50802.34544 lcwt 50802.34544 hweight 50802.34544 stone 6350.29318 ton 907184.74 uk_ton 1016046.9088 LTON 1016046.9088 brton 1016046.9088",
	"m+ 1 mi 1609.344 Nmi 1852 in 0.0254 ft 0.3048 yd 0.9144 ang+ 1E-10 ell 1.143 ly+ 9460730472580800 parsec+ 30856775814913700 pc+ 30856775814913700 Picapt 0.000352777777777778 Pica 0.000352777777777778 pica 0.00423333333333333 survey_mi 1609.34721869444",
	"sec+ 1 s+ 1 yr 31557600 day 86400 d 86400 hr 3600 mn 60 min 60",
	"Pa+ 1 p+ 1 atm+ 101325 at+ 101325 mmHg+ 133.322 psi 6894.75729316836 Torr 133.322368421053",
	"N+ 1 dyn+ 0.00001 dy+ 0.00001 lbf 4.4482216152605 pond+ 0.00980665",
	"J+ 1 e+ 1E-7 c+ 4.184 cal+ 4.1868 eV+ 1.602176634E-19 ev+ 1.602176634E-19 HPh 2684519.53769617 hh 2684519.53769617 Wh+ 3600 wh+ 3600 flb 1.3558179483314 BTU 1055.05585262 btu 1055.05585262",
	"W+ 1 w+ 1 HP 745.69987158227 h 745.69987158227 PS 735.49875",
	"T+ 1 ga+ 0.0001",
	"l+ 1 L+ 1 lt+ 1 tsp 0.00492892159375 tspm 0.005 tbs 0.01478676478125 oz 0.0295735295625 cup 0.2365882365 pt 0.473176473 us_pt 0.473176473 uk_pt 0.56826125 qt 0.946352946 uk_qt 1.1365225 gal 3.785411784 uk_gal 4.54609 m3 1000 ang3 1E-27 in3 0.016387064 ft3 28.316846592 yd3 764.554857984 mi3 4168181825440.58 barrel 158.987294928 bushel 35.23907016688 GRT 2831.6846592 regton 2831.6846592 MTON 1132.67386368",
	"m2 1 ang2 1E-20 ft2 0.09290304 in2 0.00064516 mi2 2589988.110336 yd2 0.83612736 ar+ 100 ha 10000 uk_acre 4046.8564224 us_acre 4046.87260987425 Morgen 2500",
	"bit+ 1 byte+ 8",
	"m/s+ 1 m/sec+ 1 m/h+ 0.000277777777777778 m/hr+ 0.000277777777777778 mph 0.44704 kn 0.514444444444444 admkn 0.514773333333333",
}

// prefixes are powers of ten, and those of two for bits and bytes.
const prefixes = "Y 1E24 Z 1E21 E 1E18 P 1E15 T 1E12 G 1E9 M 1E6 k 1E3 h 1E2 da 1E1 e 1E1 d 1E-1 c 1E-2 m 1E-3 u 1E-6 n 1E-9 p 1E-12 f 1E-15 a 1E-18 z 1E-21 y 1E-24"
const binaryPrefixes = "ki 1 Mi 2 Gi 3 Ti 4 Pi 5 Ei 6 Zi 7 Yi 8"

// unit is how much of its measure a unit is.
type unit struct {
	measure  int
	size     float64
	prefixed bool
}

var allUnits = sync.OnceValue(func() map[string]unit {
	all := map[string]unit{}
	for i, measure := range measures {
		pairs(measure, func(name string, size float64) {
			bare, prefixed := strings.CutSuffix(name, "+")
			all[bare] = unit{i, size, prefixed}
		})
	}
	return all
})

// unitNamed finds a unit, with a prefix or without.
func unitNamed(name string) (found unit, ok bool) {
	if found, ok = allUnits()[name]; ok {
		return found, true
	}
	try := func(prefix string, by float64) {
		rest, cut := strings.CutPrefix(name, prefix)
		if u, known := allUnits()[rest]; cut && known && u.prefixed && !ok {
			found, ok = unit{u.measure, u.size * by, true}, true
		}
	}
	pairs(binaryPrefixes, func(prefix string, n float64) {
		if strings.HasSuffix(name, "bit") || strings.HasSuffix(name, "byte") {
			try(prefix, math.Pow(1024, n))
		}
	})
	pairs(prefixes, try)
	return found, ok
}

// pairs visits names and numbers that stand by turns.
func pairs(text string, visit func(name string, n float64)) {
	words := strings.Fields(text)
	for i := 0; i+1 < len(words); i += 2 {
		n, _ := strconv.ParseFloat(words[i+1], 64)
		visit(words[i], n)
	}
}

// temperatures are what is added to each, and how many kelvins a degree is.
const temperatures = "C 273.15 1 cel 273.15 1 F 459.67 0.5555555555555556 fah 459.67 0.5555555555555556 K 0 1 kel 0 1 " +
	"Rank 0 0.5555555555555556 Reau 218.52 1.25"

// temperature is what a scale adds, and by what it multiplies.
func temperature(name string) (add, by float64) {
	words := strings.Fields(temperatures)
	for i := 0; i < len(words); i += 3 {
		if words[i] == name {
			add, _ = strconv.ParseFloat(words[i+1], 64)
			by, _ = strconv.ParseFloat(words[i+2], 64)
		}
	}
	return add, by
}

func convert(c *call) Value {
	n, from, to := c.num(0), c.text(1), c.text(2)
	addX, byX := temperature(from)
	addY, byY := temperature(to)
	if byX*byY != 0 {
		return Number((n+addX)*byX/byY - addY)
	}
	x, okX := unitNamed(from)
	y, okY := unitNamed(to)
	if !okX || !okY || x.measure != y.measure {
		return ErrNA
	}
	return n * x.size / y.size
}
