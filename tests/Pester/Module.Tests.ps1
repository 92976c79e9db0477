Describe 'The module' {
    BeforeAll {
        $module = Get-Module -Name EgressNet
    }

    It 'is loaded' {
        $module | Should -Not -BeNullOrEmpty
    }

    It 'carries the version of its assembly' {
        $assembly = $module.ImplementingAssembly ?? [System.Reflection.Assembly]::LoadFrom("$($module.ModuleBase)/EgressNet.dll")
        $module.Version.ToString(3) | Should -Be $assembly.GetName().Version.ToString(3)
    }

    It 'exports cmdlets only' {
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'ships <_>' -ForEach 'EgressNet.Cmdlets.dll', 'EgressNet.dll', 'EgressNet.Netlink.dll' {
        [System.IO.File]::Exists([System.IO.Path]::Combine($module.ModuleBase, $_)) | Should -BeTrue
    }

    It 'ships no copy of the engine' {
        [System.IO.Directory]::GetFiles($module.ModuleBase, 'System.Management.Automation.dll') | Should -BeNullOrEmpty
    }
}
