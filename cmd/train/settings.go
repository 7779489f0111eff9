package main

import "onrecord/internal/train/tagger"

// The settings below were chosen on the validation passages; MODEL_CARD.md has
// what was tried.

// largeOptions are those of the network that learns from the labels alone.
var largeOptions = tagger.Options{
	Hidden: 128, Layers: 2, Epochs: 14, Rate: 2e-3, WordRate: 0.5, Batch: 1200, Seed: 1,
	Drop: tagger.Dropout{Word: 0.03, Input: 0.4, Between: 0.3, Output: 0.4, Recurrent: 0.2},
}

// smallOptions are those of the network that learns from the large one besides.
var smallOptions = tagger.Options{
	Hidden: 40, Layers: 1, Epochs: 6, Rate: 3e-3, WordRate: 0.5, Batch: 1200, Seed: 1,
	Drop: tagger.Dropout{Word: 0.03, Input: 0.2, Output: 0.2, Recurrent: 0.1},
}
