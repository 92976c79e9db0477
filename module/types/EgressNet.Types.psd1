@{
    ModuleVersion = '0.1.0'
    TypesToProcess = @('../EgressNet.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @()
    AliasesToExport = @()
}
