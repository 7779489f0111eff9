package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the release that the CHANGELOG describes.
const version = "0.1.0"

type versionCmd struct{}

// Run prints the version, and the commit where the build knows it.
func (versionCmd) Run(a *app) error {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				commit = ", " + s.Value[:12]
			}
		}
	}
	_, err := fmt.Fprintf(a.stdout, "onrecord %s (%s, %s/%s%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, commit)
	return err
}
