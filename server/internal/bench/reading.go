package main

import "fmt"

// crowdSize is among how many users the reading goals are measured, in a quick
// run as well: what it takes there is what they are about.
const crowdSize = 100_000

// reading is goals 5 and 5b: filters, orders and counts among many users.
func (b *bench) reading() ([]row, error) {
	fake, _, err := b.crowd("crowd.db", crowdSize)
	if err != nil {
		return nil, err
	}
	rows, scan, err := b.readings(fake)
	fake.end()
	if err != nil {
		return rows, err
	}
	raw, err := b.walk("crowd.db")
	if err != nil {
		return rows, err
	}
	ratio := samples{scan.median() / raw.median()}
	return append([]row{newRow(scanGoal, ratio, "%.0f ms of %.1f ms that bbolt takes", scan.median(), raw.median())}, rows...), nil
}

// readings are the rows that need the server, and what a scan takes.
func (b *bench) readings(fake *side) (rows []row, scan samples, err error) {
	token, err := fake.reader()
	if err != nil {
		return nil, nil, err
	}
	for _, m := range []struct {
		goal
		query string
	}{
		{scanWaitGoal, "$select=id&$filter=city%20eq%20'Bergen'"},
		{orderGoal, "$select=id&$count=true&$orderby=displayName"},
		{countGoal, "$select=id&$count=true&$filter=startswith(displayName,'User%2000')"},
	} {
		a, err := b.patience(fake, usersQuery(token, m.query))
		if err != nil {
			return rows, scan, err
		}
		rows = append(rows, newRow(m.goal, a.wait, "one connection; CPU %.0f ms", a.cpu.median()/1e3))
		if scan == nil {
			scan = a.wait
		}
	}
	indexed, err := b.indexed(fake, token)
	return append(rows, indexed...), scan, err
}

// indexed is goal 5b: an equality that an index answers, against the bare server
// and against the same among a thousand users.
func (b *bench) indexed(fake *side, token string) ([]row, error) {
	path := fmt.Sprintf("$filter=userPrincipalName%%20eq%%20'user%d@contoso.com'", crowdSize/2)
	bare, err := fake.counterpart("bare", "/v1.0/users?"+path, token)
	if err != nil {
		return nil, err
	}
	defer bare.end()
	fake.lists = same(b.conns, usersQuery(token, path))
	bare.lists = fake.lists
	f, err := b.pair(fake, bare)
	if err != nil {
		return nil, err
	}
	flat, err := b.flat(fake, token, path)
	return append([]row{f.row(indexGoal)}, flat...), err
}

func (b *bench) flat(fake *side, token, query string) ([]row, error) {
	few, _, err := b.crowd("few.db", 1000)
	if err != nil {
		return nil, err
	}
	defer few.end()
	fewToken, err := few.reader()
	if err != nil {
		return nil, err
	}
	fake.lists = alone(usersQuery(token, query))
	few.lists = alone(usersQuery(fewToken, "$filter=userPrincipalName%20eq%20'user500@contoso.com'"))
	f, err := b.pair(few, fake) // as a ratio of rates: how many times as long the many take
	return []row{f.row(flatGoal)}, err
}

// million is goal 12: what a million users take to load, on disk and to open.
func (b *bench) million() ([]row, error) {
	users := b.fewer(1_000_000)
	begin := b.clock.Now()
	fake, sent, err := b.crowd("million.db", users)
	if err != nil {
		return nil, err
	}
	load := b.clock.Now().Sub(begin).Seconds()
	found, err := b.foundAmong(fake, users)
	fake.end()
	if err != nil {
		return nil, err
	}
	note := fmt.Sprintf("%d users; %.0f B of JSON sent each", users, float64(sent)/float64(users))
	rows := []row{newRow(loadGoal, samples{load * 1_000_000 / float64(users)}, "%s, over HTTP in documents of %d", note, userPage), found}
	rest, err := b.afterwards(users)
	return append(rows, rest...), err
}

// foundAmong is the row of an equality that the index answers among that many.
func (b *bench) foundAmong(fake *side, users int) (row, error) {
	token, err := fake.reader()
	if err != nil {
		return row{}, err
	}
	a, err := b.patience(fake, usersQuery(token, fmt.Sprintf("$filter=mail%%20eq%%20'user%d@contoso.com'", users/2)))
	if err != nil {
		return row{}, err
	}
	return newRow(foundGoal, a.wait, "%d users; one connection; CPU %.0f µs", users, a.cpu.median()), nil
}

// afterwards are the rows about the file of goal 12.
func (b *bench) afterwards(users int) ([]row, error) {
	size, err := b.fileSize("million.db")
	if err != nil {
		return nil, err
	}
	stored, err := b.storedJSON("million.db")
	if err != nil {
		return nil, err
	}
	rows := []row{newRow(fileGoal, samples{size / stored}, "%d users; %.0f B of JSON stored each; file %.0f MB", users, stored/float64(users), size/1e6)}
	begin := b.clock.Now()
	fake, _, err := b.crowd("million.db", 0)
	if err != nil {
		return rows, err
	}
	defer fake.end()
	return append(rows, newRow(reopenGoal, samples{b.clock.Now().Sub(begin).Seconds()}, "%d users; exec to ready", users)), nil
}
