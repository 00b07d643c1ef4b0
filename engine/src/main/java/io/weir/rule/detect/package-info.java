/**
 * Rules at work, one {@link io.weir.rule.detect.Detection} for each worker: finds candidates in frames, streams and
 * transactions, asks the candidates alone, and keeps what rules note of flows.
 */
package io.weir.rule.detect;
