package control

func (c *control) coverage(*request) reply { return ok(c.Fake.Coverage()) }
