package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/journal"
	"github.com/fakegraph/fakegraph/server/internal/privilege"
)

func newPermissions() *cobra.Command {
	var file string
	var asJSON bool
	var at running
	c := &cobra.Command{
		Use: "permissions --journal FILE | --url URL", Short: "Print the least-privileged permissions for the calls made", Args: noArgs,
		Long: "Print, for each application and kind of token, the least-privileged permissions for the calls in a\n" +
			"journal, and what the tokens had in excess. The journal is what GET /_fake/requests of a running\n" +
			"server answers, saved in a file (- is standard input), or asked of the server with --url.",
		RunE: func(c *cobra.Command, _ []string) error {
			if (file != "") == c.Flags().Changed("url") {
				return usagef("permissions: want either --journal FILE or --url URL")
			}
			text, err := readJournal(c, &at, file)
			if err != nil {
				return err
			}
			calls, err := callsOf(text, file)
			if err != nil {
				return err
			}
			catalogue, err := openapi.Default()
			if err != nil {
				return err
			}
			return printReport(c.OutOrStdout(), privilege.Analyse(catalogue, calls), asJSON)
		},
	}
	c.Flags().StringVar(&file, "journal", "", "`FILE` with the journal")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	at.bind(c)
	c.Flags().StringVar(&at.tenant, "tenant", "", "with --url: the journal of one tenant `ID`")
	return c
}

func readJournal(c *cobra.Command, at *running, file string) ([]byte, error) {
	switch file {
	case "":
		path := "/_fake/requests"
		if at.tenant != "" {
			path += "?tenant=" + at.tenant
		}
		return at.get(c.Context(), path)
	case "-":
		return io.ReadAll(c.InOrStdin())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("--journal %s: %w", file, cause(err))
	}
	return text, nil
}

// callsOf reads the entries of a journal: the answer of the control plane, a
// list of entries, or one entry a line.
func callsOf(text []byte, file string) ([]privilege.Call, error) {
	entries, err := entriesOf(text)
	if err != nil {
		return nil, fmt.Errorf("journal %s: %w: want what GET /_fake/requests answers", file, err)
	}
	var calls []privilege.Call
	for _, e := range entries {
		path := strings.TrimPrefix(e.Path, "/"+e.Version)
		if strings.EqualFold(path, "/$batch") || e.Delivery != nil {
			continue // steps have entries of their own; deliveries are the server's
		}
		p := e.Principal
		c := privilege.Call{Version: e.Version, Method: e.Method, Path: path, App: p.App, Held: p.Scopes}
		switch p.Kind {
		case journal.App:
			c.Scheme, c.Held = openapi.SchemeApplication, p.Roles
		case journal.User:
			c.Scheme = openapi.SchemeDelegatedWork
			if strings.EqualFold(p.Tenant, personalTenant) {
				c.Scheme = openapi.SchemeDelegatedPersonal
			}
		}
		calls = append(calls, c)
	}
	return calls, nil
}

// personalTenant is the tenant of personal Microsoft accounts.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

func entriesOf(text []byte) ([]journal.Entry, error) {
	var list struct {
		Requests []journal.Entry `json:"requests"`
	}
	text = bytes.TrimSpace(text)
	if bytes.HasPrefix(text, []byte("[")) {
		err := json.Unmarshal(text, &list.Requests)
		return list.Requests, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	for n := 1; ; n++ {
		var line struct {
			Requests *[]journal.Entry `json:"requests"`
			journal.Entry
		}
		switch err := d.Decode(&line); {
		case err == io.EOF:
			return list.Requests, nil
		case err != nil:
			return nil, fmt.Errorf("value %d: %w", n, err)
		case line.Requests != nil:
			list.Requests = append(list.Requests, *line.Requests...)
		case line.Method == "" || line.Path == "":
			return nil, fmt.Errorf("value %d is no entry: it lacks method or path", n)
		default:
			list.Requests = append(list.Requests, line.Entry)
		}
	}
}

func printReport(out io.Writer, r privilege.Report, asJSON bool) error {
	if asJSON {
		text, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s\n", text)
		return err
	}
	p := &printer{out: out}
	if len(r.Groups)+len(r.Unknown)+len(r.Strange) == 0 {
		p.line("no calls")
	}
	for i, g := range r.Groups {
		if i > 0 {
			p.line("")
		}
		printGroup(p, g)
	}
	for _, op := range r.Unknown {
		p.line("no permission is known for %s: any token may call it here", op)
	}
	for _, call := range r.Strange {
		p.line("not described by Graph: %s", call)
	}
	return p.err
}

func printGroup(p *printer, g privilege.Group) {
	who := "any application"
	if g.App != "" {
		who = "application " + g.App
	}
	how := ""
	if g.Assumed {
		how = " (the tokens do not say: this is what such a token would need)"
	}
	p.line("%s, %s, %s%s", who, g.Scheme, count(g.Calls, "call"), how)
	p.line("  least privileged: %s", namesOr(g.Least, "none"))
	if !g.Assumed {
		p.line("  in excess:        %s", namesOr(g.Excess, "none"))
	}
	for _, o := range g.Operations {
		by := o.By
		switch {
		case by == "":
			by = "offered to no such token"
		case o.Also != "":
			by += " and " + o.Also
		}
		if o.Source == openapi.PermissionsInherited {
			by += " (inherited from a related operation)"
		}
		p.line("  %s %s: %s", o.Method, o.Template, by)
	}
}

func namesOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}
