/**
 * What rules have done to the flows they match beside alerting: packets captured and tagged, labels. The worker's side;
 * files and records are written by outputs.
 */
package io.weir.rule.action;
