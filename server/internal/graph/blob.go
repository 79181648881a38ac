package graph

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Some services have clients put bytes into a blob of Azure Storage, at a URL that
// needs no token. Evidence (pages Put Blob, Put Block and Put Block List of the
// Azure Storage documentation): a blob comes whole, or as blocks whose ids a list
// puts in order; each of these answers 201.
const blobPath = "/v2.0/blob/"

// contentStream are the bytes of a blob, blockStream begins the names of blocks
// that no list has used yet.
const (
	contentStream = "content"
	blockStream   = "block "
)

// BlobURL implements [behavior.Streaming].
func (q tx) BlobURL(ref behavior.Ref) string {
	id := strconv.FormatUint(uint64(ref), 10)
	return q.Call.Origin + "/" + sessionVersion + blobPath + id + "?" + q.tempAuth(q.Call.Tenant, blobPath+id).Encode()
}

// blob is a call to the URL of a blob.
type blob struct {
	*Engine
	call  *call.Call
	query url.Values
	owner store.Ordinal
}

// blob answers calls to the URL of a blob.
func (e *Engine) blob(c *call.Call) call.Response {
	b := &blob{Engine: e, call: c}
	id := strings.TrimPrefix(c.Path, blobPath)
	var err error
	if b.query, err = url.ParseQuery(c.RawQuery); err != nil || !b.admits(b.query, blobPath+id) {
		return apartError(e, c, grapherr.ForStatus("files", 403), "blob: its URL was changed, or made by another server")
	}
	n, _ := strconv.ParseUint(id, 10, 64)
	c.Tenant, b.owner = b.query.Get("t"), store.Ordinal(n)
	if c.Method != "PUT" {
		return apartError(e, c, grapherr.MethodNotAllowed([]string{"PUT"}), "blob: "+c.Method)
	}
	if err := b.put(); err != nil {
		return b.failed(err)
	}
	return call.Response{Status: 201}
}

func (b *blob) failed(err error) call.Response {
	var bad badBlob
	switch {
	case errors.As(err, &bad):
		return apartError(b.Engine, b.call, &grapherr.Error{Status: 400, Code: "InvalidBlockList", Message: "The specified block list is invalid."}, "blob: "+string(bad))
	case errors.Is(err, store.ErrNotFound):
		return apartError(b.Engine, b.call, grapherr.ForStatus("files", 404), "blob: what it belongs to is not there any more")
	}
	r := untaken(err)
	return apartError(b.Engine, b.call, r.err, "blob: "+r.reason)
}

// badBlob is what is wrong with a list of blocks.
type badBlob string

func (b badBlob) Error() string { return string(b) }

func (b *blob) put() error {
	switch b.query.Get("comp") {
	case "block":
		return b.receive(blockStream + b.query.Get("blockid"))
	case "blocklist":
		return b.join()
	}
	return b.receive(contentStream)
}

// receive keeps the body under a name.
func (b *blob) receive(name string) error {
	s, err := b.Store.Receive(b.body())
	if err != nil {
		return err
	}
	return b.keep(name, s)
}

func (b *blob) body() io.Reader {
	q := &run{Engine: b.Engine, Request: Request{Call: b.call}}
	return q.content()
}

// keep gives the owner a stream, and takes those away that it is made of.
func (b *blob) keep(name string, s store.Stream, parts ...string) error {
	err := b.Store.Update(func(tx store.Writer) error {
		if _, _, err := tx.At(b.owner); err != nil {
			return err
		}
		for _, part := range parts {
			if _, err := tx.RemoveStream(b.owner, part); err != nil {
				return err
			}
		}
		return tx.SetStream(b.owner, name, s)
	})
	if err != nil {
		_ = b.Store.Discard(s)
	}
	return err
}

// join makes the content of blocks, in the order of a list.
func (b *blob) join() error {
	var list struct {
		Blocks []struct {
			ID string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.NewDecoder(io.LimitReader(b.body(), maxBlockList)).Decode(&list); err != nil {
		return badBlob("list of blocks: " + err.Error())
	}
	var names []string
	var parts []io.Reader
	err := b.Store.View(func(tx store.Reader) error {
		for _, block := range list.Blocks {
			name := blockStream + strings.TrimSpace(block.ID)
			s, err := tx.Stream(b.owner, name)
			if err != nil {
				return badBlob("no block " + block.ID)
			}
			names, parts = append(names, name), append(parts, b.Store.Read(s, 0))
		}
		return nil
	})
	if err != nil {
		return err
	}
	s, err := b.Store.Receive(io.MultiReader(parts...))
	if err != nil {
		return err
	}
	return b.keep(contentStream, s, names...)
}

// maxBlockList bounds a list of blocks: 50,000 ids are its most.
const maxBlockList = 8 << 20
