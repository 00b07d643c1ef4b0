/** Live capture and sending through AF_XDP sockets: libweir opens them, Java runs their rings. */
package io.weir.capture.afxdp;
