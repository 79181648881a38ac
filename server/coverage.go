package server

import (
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/graph"
)

// Area counts how the operations of one area of a Graph version are served.
type Area struct {
	Version          string `json:"version"`
	Area             string `json:"area"`             // the first two path segments: "deviceManagement/virtualEndpoint"
	Own              int    `json:"own"`              // by rules of their own, in part or as a whole
	GenericCRUD      int    `json:"genericCrud"`      // reading, writing and linking by the general rules alone
	GenericOperation int    `json:"genericOperation"` // actions and functions whose result only fits their description
	Refused          int    `json:"refused"`          // described, but always answered by an error
}

// Add adds the counts of another area.
func (a *Area) Add(b Area) {
	a.Own += b.Own
	a.GenericCRUD += b.GenericCRUD
	a.GenericOperation += b.GenericOperation
	a.Refused += b.Refused
}

// Coverage says, area by area, how the operations of the embedded catalogue are
// served.
func Coverage() ([]Area, error) {
	c, err := openapi.Default()
	if err != nil {
		return nil, err
	}
	set, err := checkedBehaviors()
	if err != nil {
		return nil, err
	}
	return coverageOf(c, set), nil
}

func coverageOf(c *openapi.Catalogue, set *behavior.Set) []Area {
	areas := map[[2]string]*Area{}
	for _, v := range c.Versions() {
		for op := range v.Operations() {
			key := [2]string{v.Name(), areaOf(op.Template)}
			if areas[key] == nil {
				areas[key] = &Area{Version: key[0], Area: key[1]}
			}
			areas[key].count(graph.Serves(set, v, op))
		}
	}
	list := make([]Area, 0, len(areas))
	for _, a := range areas {
		list = append(list, *a)
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].Version+" "+list[i].Area < list[j].Version+" "+list[j].Area
	})
	return list
}

func (a *Area) count(how graph.Served) {
	switch how {
	case graph.Own:
		a.Own++
	case graph.GenericCRUD:
		a.GenericCRUD++
	case graph.GenericOperation:
		a.GenericOperation++
	default:
		a.Refused++
	}
}

func areaOf(template string) string {
	parts := strings.SplitN(strings.TrimPrefix(template, "/"), "/", 3)
	if len(parts) > 1 && !strings.ContainsAny(parts[1], "{(") {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
