package store

import "os"

// temporaryFile makes a file in the folder for temporary ones and takes its name
// away at once. Where an open file keeps its name (Windows), discard is the name
// to remove after it is closed.
func temporaryFile() (f *os.File, discard string, err error) {
	f, err = os.CreateTemp("", "fakegraph-*.db")
	if err != nil {
		return nil, "", err
	}
	if os.Remove(f.Name()) != nil {
		discard = f.Name()
	}
	return f, discard, nil
}
