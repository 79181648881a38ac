package command

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/postman"
)

func newPostman() *cobra.Command {
	return group("postman", "Write a Postman collection with its environment", newPostmanExport())
}

func newPostmanExport() *cobra.Command {
	var version, dir, url, token string
	var areas []string
	var all bool
	c := &cobra.Command{
		Use: "export", Short: "Write collection and environment (v2.1)", Args: noArgs,
		Long: "Write fakegraph.postman_collection.json and fakegraph.postman_environment.json, which Postman imports\n" +
			"and newman runs. The requests are those that pages document below the areas, in folders.",
	}
	c.Flags().StringVar(&version, "version", "", "one Graph `VERSION`; both when empty")
	c.Flags().StringSliceVar(&areas, "area", nil, "beginning of a `PATH` such as users; repeatable (default: what most programs call)")
	c.Flags().BoolVar(&all, "all", false, "operations that no page documents, too")
	c.Flags().StringVar(&dir, "out", ".", "`FOLDER` for the two files")
	c.Flags().StringVar(&url, "url", "http://127.0.0.1:8880", "base `URL` of the server, for the environment")
	c.Flags().StringVar(&token, "token", "test", "bearer `TOKEN`, for the environment")
	c.RunE = func(c *cobra.Command, _ []string) error {
		s, err := postmanSelection(version)
		if err != nil {
			return err
		}
		s.Areas, s.All = areas, all
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("--out %s: %w", dir, cause(err))
		}
		if err := writePostman(c, filepath.Join(dir, "fakegraph.postman_collection.json"), postman.Collection(s)); err != nil {
			return err
		}
		return writePostman(c, filepath.Join(dir, "fakegraph.postman_environment.json"), postman.Environment(s, url, token, nil))
	}
	return c
}

func postmanSelection(version string) (postman.Selection, error) {
	catalogue, err := openapi.Default()
	if err != nil || version == "" {
		return postman.Selection{Versions: catalogue.Versions()}, err
	}
	v := catalogue.Version(version)
	if v == nil {
		return postman.Selection{}, usagef("--version %q: want v1.0 or beta", version)
	}
	return postman.Selection{Versions: []*openapi.Version{v}}, nil
}

func writePostman(c *cobra.Command, file string, value any) error {
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("--out: %s: %w", file, cause(err))
	}
	_, err = fmt.Fprintln(c.OutOrStdout(), file)
	return err
}
