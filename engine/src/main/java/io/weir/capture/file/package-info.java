/** Capture files: pcap and pcapng, read as a frame source and written as records or as a tee. */
package io.weir.capture.file;
