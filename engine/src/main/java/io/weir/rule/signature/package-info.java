/**
 * Signature files in Suricata's syntax -> {@link io.weir.rule.model.Rule}. A keyword is a row of
 * {@link io.weir.rule.signature.Keywords}; what a rule asks and weir cannot answer is named, and the rule is left out.
 */
package io.weir.rule.signature;
