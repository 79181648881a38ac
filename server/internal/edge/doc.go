// Package edge owns the two ends of the request path: it turns bytes on a
// connection into a [call.Call] and a [call.Response] into bytes. Nothing else
// in fakegraph touches net/http writers, sockets or certificates.
//
// It must not know what a call means: no operations, tokens, rules or stored
// entities. It opens no connection to any host: the proxy and the in-process
// transport answer for Microsoft's hosts, and whatever they do not serve is
// refused.
//
// Start reading at [Reader.Read] and [Write], the two ends of
// server/pipeline.go. [Server] owns listeners, [Authority] certificates,
// [Proxy] CONNECT, and [Transport] the way without sockets. A scenario's fault
// arrives here as data and is carried out in fault.go.
//
// Long answers in JSON and text are compressed for clients that ask for it; what
// is streamed is not: files are sent as they are kept, so that ranges and lengths
// speak of the same bytes, and no capture of Graph shows them otherwise.
package edge
