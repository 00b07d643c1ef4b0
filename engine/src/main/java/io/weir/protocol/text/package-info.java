/** What protocols of lines have in common: words that lines begin with, and replies with a code of three digits. */
package io.weir.protocol.text;
