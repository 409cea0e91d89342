// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"
#include "server/serve.h"

namespace {

void serve(const agate::cli::ServeRequest& request) {
    agate::server::ServeOptions options;
    options.installation.folder = request.folder;
    options.installation.is_demo = request.is_demo;
    options.http.address = request.address;
    options.http.port = request.port;
    options.http.io_threads = request.io_threads;
    options.listening = request.listening;
    options.is_over = request.is_over;
    agate::server::serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    return agate::cli::run(argc, argv, serve);
}
