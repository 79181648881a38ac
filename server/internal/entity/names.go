package entity

// Names is a list of names of members, in which that of a member is found in
// about one step, whether it is there or not. The zero value is an empty list.
type Names struct {
	list  []string
	slots [nameSlots]uint16 // 1 more than the index of the slot's last name; 0 for none
	next  []uint16          // likewise, of the name added to the slot before
	odd   bool              // some names are not as they stand in JSON
}

const nameSlots = 64

// mostNames is how many names a list looks up by slots.
const mostNames = 1<<16 - 2

// slot is where a text belongs: names of properties differ in length, beginning
// or end.
func slot(first, last byte, length int) int {
	return (int(first)*5 + int(last)*3 + length*11) % nameSlots
}

// Add adds a name to the end of the list.
func (s *Names) Add(name string) {
	s.odd = s.odd || name == "" || len(s.list) == mostNames
	at := 0
	if name != "" {
		at = slot(name[0], name[len(name)-1], len(name))
	}
	s.next = append(s.next, s.slots[at])
	s.list = append(s.list, name)
	s.slots[at] = uint16(len(s.list))
}

// Find returns the index of a name that is n, or -1; the same name added before
// it is found by Next.
func (s *Names) Find(n Name) int {
	if !n.plain || s.odd || len(n.Quoted) < 3 {
		return s.search(n, len(s.list)-1)
	}
	text := n.Quoted[1 : len(n.Quoted)-1]
	return s.follow(s.slots[slot(text[0], text[len(text)-1], len(text))], text)
}

// Next returns the index of another name that is n than that at i, or -1.
func (s *Names) Next(n Name, i int) int {
	if !n.plain || s.odd || len(n.Quoted) < 3 {
		return s.search(n, i-1)
	}
	return s.follow(s.next[i], n.Quoted[1:len(n.Quoted)-1])
}

func (s *Names) follow(at uint16, text []byte) int {
	for ; at != 0; at = s.next[at-1] {
		if s.list[at-1] == string(text) {
			return int(at - 1)
		}
	}
	return -1
}

func (s *Names) search(n Name, i int) int {
	for ; i >= 0 && !n.Is(s.list[i]); i-- {
	}
	return i
}
