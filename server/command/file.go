package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// fromFile fills flags that neither the command line nor the environment set
// from a YAML file whose keys are the flags' names. A missing file is a mistake
// only when it was asked for.
func fromFile(flags *pflag.FlagSet, name string) error {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !flags.Changed("config") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("settings file: %w", err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return usagef("%s: %v", name, err)
	}
	if len(document.Content) == 0 {
		return nil
	}
	top := document.Content[0]
	if top.Kind != yaml.MappingNode {
		return usagef("%s:%d: want settings as keys, such as addr: 127.0.0.1:8880", name, top.Line)
	}
	return apply(flags, name, top)
}

func apply(flags *pflag.FlagSet, name string, top *yaml.Node) error {
	var mistakes []string
	seen := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if err := applyOne(flags, key, value, seen); err != nil {
			mistakes = append(mistakes, fmt.Sprintf("%s:%d:%d: %s: %v", name, key.Line, key.Column, key.Value, err))
		}
	}
	if len(mistakes) > 0 {
		return usagef("%s", strings.Join(mistakes, "\n"))
	}
	return nil
}

func applyOne(flags *pflag.FlagSet, key, value *yaml.Node, seen map[string]bool) error {
	f := flags.Lookup(key.Value)
	switch {
	case f == nil || key.Value == "config" || key.Value == "help":
		return fmt.Errorf("no such setting; known are %s", strings.Join(names(flags), ", "))
	case seen[key.Value]:
		return errors.New("stands twice")
	}
	seen[key.Value] = true
	text, err := settingText(value)
	if err != nil || f.Changed {
		return err
	}
	if err := set(flags, f, text); err != nil {
		return err
	}
	return nil
}

// settingText is a value of the file as a flag would have it.
func settingText(v *yaml.Node) (string, error) {
	switch v.Kind {
	case yaml.ScalarNode:
		if v.Tag == "!!null" {
			return "", nil
		}
		return v.Value, nil
	case yaml.SequenceNode:
		items := make([]string, len(v.Content))
		for i, item := range v.Content {
			if item.Kind != yaml.ScalarNode {
				return "", errors.New("want a list of texts")
			}
			items[i] = item.Value
		}
		return strings.Join(items, ","), nil
	}
	return "", errors.New("want a text or a list of texts")
}

func names(flags *pflag.FlagSet) []string {
	var list []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "config" && f.Name != "help" {
			list = append(list, f.Name)
		}
	})
	sort.Strings(list)
	return list
}
