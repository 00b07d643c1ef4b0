/**
 * What becomes of matches: workers write them to their event rings, and the aggregator decides, in the order of frames,
 * which of them are alerts.
 */
package io.weir.rule.alert;
