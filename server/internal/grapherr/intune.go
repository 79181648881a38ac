package grapherr

import (
	"strings"
)

// intuneError nests the message as Intune does: a string that itself holds
// JSON, with CRLF and an indent of two (R, §4.5).
func intuneError(status int) *Error {
	w := wordsFor(intune, status)
	return intuneMessage(status, w.code, "An error has occurred")
}

func intuneMessage(status int, code, text string) *Error {
	lines := []string{
		"{",
		`  "_version": 3,`,
		`  "Message": ` + quoted(text+" - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000") + `,`,
		`  "CustomApiErrorPhrase": "",`,
		`  "RetryAfter": null,`,
		`  "ErrorSourceService": "",`,
		`  "HttpHeaders": "{}"`,
		"}",
	}
	return &Error{Status: status, Code: code, Message: strings.Join(lines, "\r\n")}
}

func quoted(text string) string { return string(encode(text)) }
