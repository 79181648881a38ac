package edge

import "net/http"

// Preflight answers a browser's question whether a script of another origin may
// send a request: to Graph it may, with any method and header and without a
// token (graph-behaviour §5.5). It reports whether r was such a question.
func Preflight(w http.ResponseWriter, r *http.Request) bool {
	asked := r.Header.Get("Access-Control-Request-Method")
	if r.Method != http.MethodOptions || asked == "" || r.Header.Get("Origin") == "" {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", asked)
	if wanted := r.Header.Get("Access-Control-Request-Headers"); wanted != "" {
		h.Set("Access-Control-Allow-Headers", wanted)
	}
	h.Set("Access-Control-Max-Age", "3600")
	w.WriteHeader(http.StatusNoContent)
	return true
}
