package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one epoch gave.
 *
 * @param epoch from 1
 * @param step the number of optimiser steps so far
 * @param loss the mean training loss
 * @param valLoss the validation loss
 * @param learningRate of the last step
 * @param best whether this is the smallest validation loss so far
 */
public record EpochReport(
        int epoch,
        long step,
        double loss,
        @JsonProperty("val_loss") double valLoss,
        @JsonProperty("lr") double learningRate,
        boolean best) {}
