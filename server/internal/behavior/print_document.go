package behavior

// Evidence for printDocument (pages printDocument: get file, beta 2021 to 2024):
//   - documented: a read of /$value leads with 302 to a temporary URL of the file.

// PrintDocument is a file that a printer fetches.
type PrintDocument struct{}

var _ Redirector = PrintDocument{}

// Redirects implements [Redirector].
func (PrintDocument) Redirects(stream string) bool { return stream == "$value" }
