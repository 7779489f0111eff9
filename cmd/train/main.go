// Command train makes the models inside the program from the reference data:
// word vectors, the large and the small sequence model, the linker and the
// calibration of scores. It is run by hand (make train), takes about half an
// hour on one core, and the same data give the same files.
//
// Each stage leaves its result in the work folder; a stage whose result is
// there is passed over, so that a run that was stopped goes on where it was.
package main

import (
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"

	"onrecord/internal/tag"
	"onrecord/internal/train/calibrate"
	"onrecord/internal/train/corpus"
	"onrecord/internal/train/link"
	"onrecord/internal/train/phrases"
	"onrecord/internal/train/tagger"
	"onrecord/internal/train/vectors"
)

type options struct {
	Shared string `default:"../shared" help:"The folder of the reference data."`
	Work   string `default:"train-work" help:"Where the stages leave their results."`
	Stage  string `arg:"" enum:"models,link,calibration,phrases" default:"models" help:"What to make: the sequence models, the linker, the calibration (which needs a program built with the new models), or the phrases by which nothing is looked for."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("train"), kong.Description("Make the models inside the program."))
	if err := run(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// The files that the program is built with.
const (
	modelFile       = "internal/tag/model.bin"
	fastFile        = "internal/tag/fast.bin"
	linkFile        = "internal/link/link.bin"
	calibrationFile = "internal/quote/calibration.txt"
	phrasesFile     = "internal/trace/common.bin"
)

func run(o options, log io.Writer) error {
	switch o.Stage {
	case "link":
		return keep(linkFile, log, func() ([]byte, error) { return link.Train(o.Shared, log) })
	case "phrases":
		return keep(phrasesFile, log, func() ([]byte, error) { return phrases.Train(o.Shared, log) })
	case "calibration":
		return keep(calibrationFile, log, func() ([]byte, error) { return calibrate.Calibrate(o.Shared, log) })
	}
	if err := os.MkdirAll(o.Work, 0o755); err != nil {
		return fmt.Errorf("making the work folder: %w", err)
	}
	return models(&work{options: o, log: log})
}

// keep writes a file that was made.
func keep(path string, log io.Writer, make func() ([]byte, error)) error {
	data, err := make()
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("writing what was trained: %w", err)
	}
	fmt.Fprintf(log, "%s: %d bytes\n", path, len(data))
	return nil
}

// work is one run on its way; what the stages share is read when first needed.
type work struct {
	options
	log      io.Writer
	vectors  *vectors.Vectors
	labelled []tagger.Example
	valid    *tagger.Validation
}

// bias is what a span's probability has to be before it is claimed. Less finds
// more of what is said and is less exact: a network of this size had relaxed
// F1 70.2 on the development reports and a mean of 73.5 on the validation
// passages at .40, and 68.7 and 73.9 at .48.
var bias = tag.Bias{0.44, 0.44, 0.42}

// taught is how many unlabelled reports the large network labels for the small
// one.
const taught = 3000

// models makes the two networks: the large one learns from the labels, the
// small one from these and the large one's opinions.
func models(w *work) error {
	large, err := w.stage("large", largeOptions, nil)
	if err != nil {
		return err
	}
	small, err := w.stage("small", smallOptions, large)
	if err != nil {
		return err
	}
	if err := keep(modelFile, w.log, func() ([]byte, error) { return tag.Encode(large, bias), nil }); err != nil {
		return err
	}
	return keep(fastFile, w.log, func() ([]byte, error) { return tag.Encode(small, bias), nil })
}

// stage makes one network, or loads it where it was made before.
func (w *work) stage(name string, o tagger.Options, teacher *tag.Net) (*tag.Net, error) {
	path := filepath.Join(w.Work, name+".net")
	if n, err := load(path); err == nil {
		fmt.Fprintf(w.log, "%s: made before\n", name)
		return n, nil
	}
	start := time.Now()
	if err := w.read(); err != nil {
		return nil, err
	}
	examples := w.labelled
	if teacher != nil {
		unlabelled, err := corpus.Unlabelled(w.Shared, taught)
		if err != nil {
			return nil, err
		}
		examples = append(examples[:len(examples):len(examples)], tagger.Soften(teacher, unlabelled, 1)...)
	}
	o.Log, o.Check = w.log, func(n *tag.Net) string { return w.valid.Judge(tag.New(n, bias).Tag).String() }
	n := tagger.Fresh(w.vectors, o)
	tagger.Train(n, examples, o)
	fmt.Fprintf(w.log, "%s: %s\n", name, time.Since(start).Round(time.Second))
	return n, save(path, n)
}

// read reads what the stages learn from.
func (w *work) read() error {
	if w.vectors != nil {
		return nil
	}
	path := filepath.Join(w.Work, "vectors.bin")
	v, err := vectors.Load(path)
	if err != nil {
		if v, err = vectors.Train(vectors.Options{Shared: w.Shared, Seed: 1, Log: w.log}); err != nil {
			return err
		}
		if err := vectors.Save(path, v.Words, v.Vec, v.Dim); err != nil {
			return err
		}
	}
	w.vectors = v
	passages, err := corpus.Instances(w.Shared)
	if err != nil {
		return err
	}
	w.valid = tagger.NewValidation(passages)
	paragraphs, err := corpus.Labelled(w.Shared)
	if err != nil {
		return err
	}
	for _, p := range paragraphs {
		e := tagger.Example{Tokens: p.Tokens, Labels: p.Labels, Weight: 1}
		if p.Copies > 1 {
			e.Weight = 0.4 // six annotators read the same report
		}
		w.labelled = append(w.labelled, e)
	}
	return nil
}

func save(path string, n *tag.Net) error {
	f, err := os.Create(path + ".part")
	if err != nil {
		return fmt.Errorf("keeping a trained network: %w", err)
	}
	defer os.Remove(path + ".part") // of no effect once renamed
	if err := gob.NewEncoder(f).Encode(n); err != nil {
		return fmt.Errorf("keeping a trained network: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("keeping a trained network: %w", err)
	}
	return os.Rename(path+".part", path)
}

func load(path string) (*tag.Net, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	n := &tag.Net{}
	if err := gob.NewDecoder(f).Decode(n); err != nil {
		return nil, fmt.Errorf("reading a trained network: %w", err)
	}
	// One kept from before a change of the features fits this program no more.
	if _, _, err := tag.Decode(tag.Encode(n, bias)); err != nil {
		return nil, fmt.Errorf("%s is of another shape: %w", path, err)
	}
	return n, nil
}
