/**
 * Rules in YAML: read with every fault at its place, and lowered to {@link io.weir.rule.model}. {@code docs/rules.md}
 * shows the language, {@code config/rules.schema.json} tells it to editors.
 */
package io.weir.rule.yaml;
