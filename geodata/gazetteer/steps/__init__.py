"""The steps of building a gazetteer, each from one kind of source to drafts."""
