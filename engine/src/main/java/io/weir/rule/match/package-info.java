/**
 * What compiled rules are made of: checks of a {@link io.weir.rule.match.Subject}, and steps over the bytes of buffers.
 * Nothing here allocates while it is asked, and a limit of steps ends what would take too long.
 */
package io.weir.rule.match;
