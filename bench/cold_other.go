//go:build unix && !linux

package main

// dropCache does nothing: other systems cannot be asked.
func dropCache(string) {}
