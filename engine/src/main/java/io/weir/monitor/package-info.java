/** What can be seen of a running engine: a snapshot each second, in a mapped file, as metrics and as a web page. */
package io.weir.monitor;
