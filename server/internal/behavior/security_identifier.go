package behavior

// Evidence for securityIdentifier (resource pages of user and group, whose examples
// have both ids, 2021 to 2025):
//   - documented: the service sets it, for both.
//   - observed (examples of those pages): it is S-1-12-1 with the four words of the
//     object's GUID.

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
)

// identify gives a new object its security identifier; one whose id is no GUID has
// none.
func identify(e *Entity) {
	raw, err := hex.DecodeString(strings.ReplaceAll(text(e.Object, "id"), "-", ""))
	if err != nil || len(raw) != 16 {
		return
	}
	// The first three parts of a GUID are numbers, which lie the other way round.
	words := []uint32{binary.BigEndian.Uint32(raw), uint32(binary.BigEndian.Uint16(raw[6:]))<<16 | uint32(binary.BigEndian.Uint16(raw[4:])),
		binary.LittleEndian.Uint32(raw[8:]), binary.LittleEndian.Uint32(raw[12:])}
	sid := "S-1-12-1"
	for _, w := range words {
		sid += "-" + strconv.FormatUint(uint64(w), 10)
	}
	e.SetString("securityIdentifier", sid)
}
