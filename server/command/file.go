package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v4"
)

// fromFile fills settings that neither the command line nor the environment
// gave, from a YAML file whose keys are the flags' names. A missing file is a
// mistake only when it was asked for.
func (s *settings) fromFile() []error {
	data, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) && !s.flags.Changed(configFlag) {
		return nil
	}
	if err != nil {
		return []error{fmt.Errorf("%s %s: %w", s.place(configFlag), s.file, cause(err))}
	}
	top, err := topOf(s.file, data)
	if err != nil {
		return []error{err}
	}
	return s.apply(top)
}

// topOf is the mapping that a settings file consists of; nil for an empty file.
func topOf(name string, data []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntaxError(name, err)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, fmt.Errorf("%s:%d: a second document: settings stand in one", name, second.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(name, err)
	}
	top := document.Content[0]
	switch {
	case top.Kind == yaml.MappingNode:
		return top, nil
	case top.Tag == "!!null":
		return nil, nil
	}
	return nil, fmt.Errorf("%s:%d: want settings as keys, as in addr: 127.0.0.1:8880", name, top.Line)
}

// yamlLine finds the line in the words of the YAML reader.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)

// syntaxError puts the line where other mistakes have it.
func syntaxError(name string, err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%s:%s: not YAML: %s", name, m[1], m[2])
	}
	return fmt.Errorf("%s: not YAML: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))
}

func (s *settings) apply(top *yaml.Node) []error {
	if top == nil {
		return nil
	}
	var mistakes []error
	lines := map[string]int{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		at := fmt.Sprintf("%s:%d:%d: %s", s.file, key.Line, key.Column, key.Value)
		if first := lines[key.Value]; first > 0 {
			mistakes = append(mistakes, fmt.Errorf("%s: stands in line %d already", at, first))
			continue
		}
		lines[key.Value] = key.Line
		if err := s.applyOne(key.Value, value, at); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", at, err))
		}
	}
	return mistakes
}

func (s *settings) applyOne(key string, value *yaml.Node, at string) error {
	known := names(s.flags)
	if !slices.Contains(known, key) {
		if hint := didYouMean(key, known); hint != "" {
			return errors.New("no such setting" + hint)
		}
		return errors.New("no such setting: known are " + strings.Join(known, ", "))
	}
	f := s.flags.Lookup(key)
	texts, err := texts(f, value)
	if err != nil || f.Changed {
		return err
	}
	return s.set(f, at, texts...)
}

// texts is a value of the file as a flag would have it.
func texts(f *pflag.Flag, v *yaml.Node) ([]string, error) {
	if v.Kind == yaml.AliasNode {
		v = v.Alias
	}
	switch {
	case v.Kind == yaml.ScalarNode && v.Tag == "!!null":
		return values(f, ""), nil
	case v.Kind == yaml.ScalarNode:
		return values(f, v.Value), nil
	case v.Kind == yaml.SequenceNode && isList(f):
		return sequence(v)
	case isList(f):
		return nil, errors.New("want a text or a list of texts")
	}
	return nil, errors.New("want one text")
}

func sequence(v *yaml.Node) ([]string, error) {
	list := make([]string, len(v.Content))
	for i, item := range v.Content {
		if item.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("line %d: want a list of texts", item.Line)
		}
		list[i] = item.Value
	}
	return list, nil
}

// names are the settings that may stand in the file, sorted.
func names(flags *pflag.FlagSet) []string {
	var list []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != configFlag {
			list = append(list, f.Name)
		}
	})
	slices.Sort(list)
	return list
}

// cause leaves out the path that the operating system's errors repeat.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
