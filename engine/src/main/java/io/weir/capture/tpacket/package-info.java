/** Live capture through TPACKET_V3 rings: libweir sets them up, Java walks them. */
package io.weir.capture.tpacket;
