package io.closeknit.access;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/**
 * A QR code as the path of an inline SVG, which the Content-Security-Policy takes without an exception.
 *
 * @param size of the square, in modules
 * @param path of the dark modules
 */
record QrPicture(int size, String path) {
    private static final int QUIET = 4; // modules of light around it, as the standard asks

    static QrPicture of(String text) {
        try {
            var matrix =
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, QUIET));
            var path = new StringBuilder();
            for (var y = 0; y < matrix.getHeight(); y++) {
                for (var x = 0; x < matrix.getWidth(); x++) {
                    if (matrix.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrPicture(matrix.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalStateException("A QR code holds an address of this length", e);
        }
    }
}
