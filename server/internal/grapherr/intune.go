package grapherr

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// operationID stands in each message of Intune's, always zero (R,
// identity-behaviour §5.2). What follows it tells of the call.
const operationID = "Operation ID (for customer support): 00000000-0000-0000-0000-000000000000"

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
		`  "Message": ` + quoted(text+" - "+operationID) + `,`,
		`  "CustomApiErrorPhrase": "",`,
		`  "RetryAfter": null,`,
		`  "ErrorSourceService": "",`,
		`  "HttpHeaders": "{}"`,
		"}",
	}
	return &Error{Status: status, Code: code, Message: strings.Join(lines, "\r\n")}
}

func quoted(text string) string { return string(encode(text)) }

// traced adds to a message of Intune's what it says of the call: the client's
// request id and the address behind the gateway (R, public issues 2022-2026).
func (e *Error) traced(c *call.Call) *Error {
	before, after, ok := strings.Cut(e.Message, operationID)
	if !ok {
		return e
	}
	told := *e
	told.Message = before + operationID + " - Activity ID: " + inside(c.ClientRequestID) + " - Url: " + inside(intuneURL(c)) + after
	return &told
}

// inside is a text as it stands within a JSON string; Intune leaves "&" as it
// is.
func inside(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return ""
	}
	return strings.Trim(strings.TrimSuffix(b.String(), "\n"), `"`)
}

// intuneURL is the address of the service behind the gateway: keys stand in
// parentheses, the version is a date, of beta one in the sixth millennium.
func intuneURL(c *call.Call) string {
	template := ""
	if c.Operation != nil {
		template = c.Operation.Template
	}
	path := behindGateway(strings.Trim(c.Path, "/"), strings.Trim(template, "/"))
	version := "2024-02-16"
	if c.Version == "beta" {
		version = "5024-02-16"
	}
	address := "https://fef.msua06.manage.microsoft.com/" + intuneService(path) + "/" + path + "?api-version=" + version
	if c.RawQuery != "" {
		address += "&" + c.RawQuery
	}
	return address
}

// behindGateway writes a path with its keys in parentheses. A path that does
// not run along its template, because it has other forms of keys, stays.
func behindGateway(path, template string) string {
	segments, patterns := strings.Split(path, "/"), strings.Split(template, "/")
	if len(segments) != len(patterns) {
		return path
	}
	var b strings.Builder
	for i, segment := range segments {
		switch {
		case i > 0 && strings.HasPrefix(patterns[i], "{"):
			key, err := url.PathUnescape(segment)
			if err != nil {
				key = segment
			}
			b.WriteString(url.PathEscape("('" + key + "')"))
			continue
		case i > 0:
			b.WriteByte('/')
		}
		b.WriteString(segment)
	}
	return b.String()
}

// intuneServices are the services by the name behind deviceManagement or
// deviceAppManagement (R; what no capture shows is the first one's).
var intuneServices = map[string]string{
	"":                                 "DeviceFE/StatelessDeviceFEService",
	"deviceconfigurations":             "DeviceConfiguration_2402/StatelessDeviceConfigurationFEService",
	"devicecompliancepolicies":         "DeviceConfiguration_2402/StatelessDeviceConfigurationFEService",
	"configurationpolicies":            "DeviceConfiguration_2402/StatelessDeviceConfigurationFEService",
	"settings":                         "DeviceConfiguration_2402/StatelessDeviceConfigurationFEService",
	"reports":                          "AppLifecycle_2402/StatelessAppMetadataFEService",
	"mobileapps":                       "AppLifecycle_2402/StatelessAppMetadataFEService",
	"targetedmanagedappconfigurations": "MAMAdmin_2402/MAMAdminFEService",
	"managedapppolicies":               "MAMAdmin_2402/MAMAdminFEService",
}

func intuneService(path string) string {
	_, rest, _ := strings.Cut(path, "/")
	name := strings.ToLower(rest)
	if end := strings.IndexAny(name, "/%("); end >= 0 {
		name = name[:end]
	}
	if service, ok := intuneServices[name]; ok {
		return service
	}
	return intuneServices[""]
}
