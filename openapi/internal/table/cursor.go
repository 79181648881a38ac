package table

import (
	"math"
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// cursor reads a record of varying length. Behind the end it reads zeros.
type cursor struct {
	table *Table
	rest  string
}

func (t *Table) at(offset uint32) cursor {
	part := t.parts[recordSection]
	return cursor{table: t, rest: part[min(int(offset), len(part)):]}
}

func (c *cursor) byte() byte {
	if c.rest == "" {
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return b
}

// uint64 reads a number of seven bits to the byte, the lowest first.
func (c *cursor) uint64() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		b := c.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	return n
}

func (c *cursor) uint() uint32 { return uint32(min(c.uint64(), math.MaxUint32)) }

func (c *cursor) int() int { return int(c.uint() & math.MaxInt32) }

// count reads how many items follow. Each takes a byte at least, so no more
// than there are bytes.
func (c *cursor) count() int { return min(c.int(), len(c.rest)) }

// most looks ahead at count for what to allocate when an item takes at least
// some bytes.
func (c *cursor) most(size int) int {
	ahead := *c
	n := ahead.count()
	return min(n, len(ahead.rest)/size+1)
}

func (c *cursor) names() []string {
	n := c.count()
	list := make([]string, 0, n)
	for range n {
		list = append(list, c.table.text(c.uint()))
	}
	return list
}

// day reads a day as [appendDay] wrote it.
func (c *cursor) day() time.Time {
	n := c.int()
	if n == 0 {
		return time.Time{}
	}
	return epoch.AddDate(0, 0, min(n-1, maxDays))
}

// maxDays ends in the year 9999.
const maxDays = 2932896

// epoch is the day that is written as one.
var epoch = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

func (c *cursor) parameter() facts.Parameter {
	bits := c.byte()
	p := facts.Parameter{
		Name: c.table.text(c.uint()), Type: c.typeRef(),
		Nullable: bits&parameterNullable != 0, Required: bits&parameterRequired != 0,
	}
	if bits&parameterLimited != 0 {
		p.Limits = c.limits()
	}
	return p
}

func (c *cursor) typeRef() facts.TypeRef {
	r := Ref(c.uint())
	return facts.TypeRef{Name: c.table.TypeName(r), Collection: r.Collection()}
}

func (c *cursor) limits() *facts.Limits {
	bits := c.uint()
	l := &facts.Limits{UniqueItems: bits&limitUnique != 0, NullItems: bits&limitNullItems != 0}
	if bits&limitMinLength != 0 {
		l.MinLength = c.uint64()
	}
	if bits&limitMinItems != 0 {
		l.MinItems = c.uint64()
	}
	if bits&limitMaxLength != 0 {
		l.MaxLength = new(c.uint64())
	}
	if bits&limitMaxItems != 0 {
		l.MaxItems = new(c.uint64())
	}
	if bits&limitMin != 0 {
		l.Min = new(c.float())
	}
	if bits&limitMax != 0 {
		l.Max = new(c.float())
	}
	if bits&limitPattern != 0 {
		l.Pattern = c.table.text(c.uint())
	}
	return l
}

func (c *cursor) float() float64 { return math.Float64frombits(c.uint64()) }
