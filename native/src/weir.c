#include "weir.h"

int32_t weir_abi(void)
{
    return WEIR_ABI;
}
