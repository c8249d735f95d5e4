"""One function per object: name(s, cx, base, k, colours...). It stands on base, centred on cx, scaled by k."""
