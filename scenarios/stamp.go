package scenarios

import (
	"os"
	"slices"
	"time"
)

// Stamp is a file by which a change of it is seen without reading it.
type Stamp struct {
	File     string
	Size     int64
	Modified time.Time
}

// Stamps returns the stamps of the files that [Load] would read for names, in
// their order. Built-in names have none, nor have files that are not there.
func Stamps(names []string) []Stamp {
	var all []Stamp
	for _, name := range names {
		if slices.Contains(builtInNames(), name) {
			continue
		}
		files, err := filesAt(name)
		if err != nil {
			continue
		}
		for _, file := range files {
			if info, err := os.Stat(file); err == nil {
				all = append(all, Stamp{file, info.Size(), info.ModTime()})
			}
		}
	}
	return all
}
