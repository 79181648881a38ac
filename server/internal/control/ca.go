package control

import "net/http"

func (c *control) ca(*request) reply {
	pem := c.Fake.CA()
	if len(pem) == 0 {
		return problem(http.StatusNotFound, "there is no CA: neither HTTPS nor the proxy is served")
	}
	return text("application/pem-certificate-chain", pem)
}
