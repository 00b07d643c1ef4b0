/** Why a rule matches, or does not: it is cut into the rules it would be if it ended after each of its conditions. */
package io.weir.rule.explain;
