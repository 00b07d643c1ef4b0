# needs: python3:grpc python3:google.protobuf
# expect: tcp/50051 http2 http
cat >s.py <<'PY'
import concurrent.futures, grpc
class Echo(grpc.GenericRpcHandler):
    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: request)
s = grpc.server(concurrent.futures.ThreadPoolExecutor(1), handlers=[Echo()])
s.add_insecure_port("0.0.0.0:50051"); s.start(); s.wait_for_termination()
PY
cat >c.py <<'PY'
import grpc
with grpc.insecure_channel("10.77.0.1:50051") as c:
    print(c.unary_unary("/weir.Echo/Say")(b"hello"))
PY
serve /usr/bin/python3 s.py
await tcp 50051
/usr/bin/python3 c.py
