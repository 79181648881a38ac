package control

// Info describes a server; the answer of GET /_fake/info.
type Info struct {
	Version    string            `json:"version"` // of fakegraph
	Commit     string            `json:"commit"`  // "" when it is not known
	GoVersion  string            `json:"goVersion"`
	Addresses  []string          `json:"addresses"`  // base URLs of the listeners; none in process
	Fixtures   []string          `json:"fixtures"`   // names, files and folders that were loaded
	Scenarios  []string          `json:"scenarios"`  // likewise
	Versions   map[string]Counts `json:"versions"`   // by Graph version: "v1.0", "beta"
	Auth       string            `json:"auth"`       // off, token or strict
	Validation string            `json:"validation"` // strict or lenient
	Cloud      string            `json:"cloud"`      // global, usgov, usgovdod or china
}

// Counts is the size of one Graph version.
type Counts struct {
	Operations  int `json:"operations"`
	EntityTypes int `json:"entityTypes"`
}

func (c *control) info(*request) reply {
	info := c.Fake.Info()
	for _, list := range []*[]string{&info.Addresses, &info.Fixtures, &info.Scenarios} {
		if *list == nil {
			*list = []string{} // [] in JSON, not null
		}
	}
	return ok(info)
}
