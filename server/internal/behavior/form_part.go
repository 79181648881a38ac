package behavior

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"
)

const multipartForm = "multipart/form-data"

// formPart is the content of a form's part, whose name counts without case.
func formPart(contentType string, body []byte, name string) ([]byte, error) {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, err
	}
	form := multipart.NewReader(bytes.NewReader(body), parameters["boundary"])
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return nil, fmt.Errorf("no part %q", name)
		}
		if err != nil {
			return nil, err
		}
		if strings.EqualFold(part.FormName(), name) {
			return io.ReadAll(part)
		}
	}
}
