/** Rules: what they say, how they are loaded and compiled, and how they are matched. */
package io.weir.rule;
