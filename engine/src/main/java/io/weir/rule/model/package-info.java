/**
 * What a rule says, whatever language it was written in: YAML and signature files are loaded into this, and the
 * compiler reads nothing else. All types are immutable values.
 */
package io.weir.rule.model;
