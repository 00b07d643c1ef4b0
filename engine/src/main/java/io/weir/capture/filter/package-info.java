/** BPF capture filters. */
package io.weir.capture.filter;
