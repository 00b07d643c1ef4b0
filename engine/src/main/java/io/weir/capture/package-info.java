/** Frame sources and sinks: kernel rings, capture files, filters, injection. */
package io.weir.capture;
